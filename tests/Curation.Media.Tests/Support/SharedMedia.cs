namespace Curation.Media.Tests.Support;

[CollectionDefinition(Name)]
public sealed class SharedMedia : ICollectionFixture<MediaFolder>
{
    public const string Name = "media";
}
